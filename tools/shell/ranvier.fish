# Completion of the ranvier command in fish.
set -l commands repl run check explain playground plot bench
complete -c ranvier -n "not __fish_seen_subcommand_from $commands" -f -a "$commands"
complete -c ranvier -n "not __fish_seen_subcommand_from $commands" -l help -l version
complete -c ranvier -n "__fish_seen_subcommand_from run plot" -s o -l out -r
complete -c ranvier -n "__fish_seen_subcommand_from run" -l threads -x
complete -c ranvier -n "__fish_seen_subcommand_from run" -s q -l quiet
complete -c ranvier -n "__fish_seen_subcommand_from check bench" -l json
complete -c ranvier -n "__fish_seen_subcommand_from bench" -l brief
complete -c ranvier -n "__fish_seen_subcommand_from bench" -s o -l out -r
complete -c ranvier -n "__fish_seen_subcommand_from bench" -l seconds -x
complete -c ranvier -n "__fish_seen_subcommand_from explain" -l kernel
complete -c ranvier -n "__fish_seen_subcommand_from explain" -l ir
complete -c ranvier -n "__fish_seen_subcommand_from explain" -l asm
