# Completion of the ranvier command in bash.
_ranvier() {
  local word=${COMP_WORDS[COMP_CWORD]}
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "repl run check explain playground plot bench --help --version" -- "$word")
    return
  fi
  local options=--help
  case ${COMP_WORDS[1]} in
    run) options="--help --out --threads --quiet" ;;
    check) options="--help --json" ;;
    explain) options="--help --kernel --ir --asm" ;;
    playground) options="--help --set --html --positions --serve" ;;
    plot) options="--help --out" ;;
    bench) options="--help --brief --json --out --seconds" ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _ranvier ranvier
