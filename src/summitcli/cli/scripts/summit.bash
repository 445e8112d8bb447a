# What the TAB key offers after "summit" in bash (3.2 and later).

_summit_completion() {
    local answer line help files= more= other= columns=0
    local -a values=() helps=()
    COMPREPLY=()
    # The program that made this script, not the one that the line names: that one runs when Enter is pressed.
    [[ -x @EXECUTABLE@ ]] || return
    answer=$(_SUMMIT_COMPLETE=bash @PROGRAM@ "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" \
        2>/dev/null </dev/null)
    while IFS= read -r line; do
        case $line in
            '') ;;
            $'\tfiles') files=1 ;;
            $'\topen') more=1 ;;
            $'\tother') other=1 ;;
            *)
                values+=("${line%%$'\t'*}")
                helps+=("${line#*$'\t'}")
                ((${#values[${#values[@]} - 1]} > columns)) && columns=${#values[${#values[@]} - 1]}
                ;;
        esac
    done <<<"$answer"

    if [[ $files ]]; then
        # Readline completes the names of files best itself, where nothing else may be meant.
        if ((${#values[@]} == 0)) && compopt -o default 2>/dev/null; then
            return
        fi
        compopt -o filenames 2>/dev/null
        COMPREPLY=("${values[@]}")
        while IFS= read -r line; do
            [[ $line ]] && COMPREPLY+=("$line")
        done <<<"$(compgen -f -- "$2")"
        return
    fi

    compopt -o nosort 2>/dev/null
    [[ $more ]] && compopt -o nospace 2>/dev/null
    # What a value stands for is shown in a list, and must not be inserted: not by a key that inserts one
    # value after the other (types 37 and 42), and not where there is only one.
    if ((${#values[@]} < 2)) || [[ ${COMP_TYPE-9} == 37 || ${COMP_TYPE-9} == 42 ]]; then
        COMPREPLY=("${values[@]}")
        return
    fi
    local number padding
    for ((number = 0; number < ${#values[@]}; number++)); do
        line=${values[number]}
        help=${helps[number]}
        if [[ $help ]]; then
            printf -v padding '%*s' $((columns - ${#line} + 2)) ''
            line+=$padding$help
        fi
        COMPREPLY+=("$line")
    done
    # Where a name was typed instead of an id, the list has no beginning in common with what was typed: with an
    # empty entry it has none at all, and bash leaves the line as it is.
    [[ $other ]] && COMPREPLY+=(' ')
}

complete -F _summit_completion summit
