# Registers every test case of a doctest program with CTest; run after each link of the program. (doctest's own module
# takes names apart at brackets and semicolons.) Needs PROGRAM, FOLDER and OUTPUT, the file to be written.
cmake_minimum_required(VERSION 3.25)
set(listing ${OUTPUT}.txt)
execute_process(COMMAND ${PROGRAM} --list-test-cases --no-colors=true OUTPUT_FILE ${listing} COMMAND_ERROR_IS_FATAL ANY)

# Characters with a meaning in CMake's lists are replaced by control characters for as long as the list lives.
string(ASCII 1 opening)
string(ASCII 2 closing)
string(ASCII 3 semicolon)
file(READ ${listing} names)
string(REPLACE "[" ${opening} names "${names}")
string(REPLACE "]" ${closing} names "${names}")
string(REPLACE ";" ${semicolon} names "${names}")
string(REPLACE "\n" ";" names "${names}")

set(tests "")
foreach(name IN LISTS names)
  if(name STREQUAL "" OR name MATCHES "^(=+$|${opening}doctest${closing} )")
    continue()
  endif()
  string(REPLACE "," "\\," filter "${name}")
  string(APPEND tests "add_test([==[${FOLDER}: ${name}]==] [==[${PROGRAM}]==] [==[--test-case=${filter}]==])\n"
    "set_tests_properties([==[${FOLDER}: ${name}]==] PROPERTIES FAIL_REGULAR_EXPRESSION [==[test cases: +0 ]==])\n")
endforeach()
string(REPLACE ${opening} "[" tests "${tests}")
string(REPLACE ${closing} "]" tests "${tests}")
string(REPLACE ${semicolon} ";" tests "${tests}")
file(WRITE ${OUTPUT} "${tests}")
