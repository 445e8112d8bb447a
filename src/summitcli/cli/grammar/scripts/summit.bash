# What the TAB key offers after "summit" in bash (3.2 and later).

_summit_completion() {
    local answer line help files= more= other= columns=0 history=${histchars-}
    local -a values=() helps=()
    COMPREPLY=()
    # The program that made this script, not the one that the line names: that one runs when Enter is pressed.
    [[ -x @EXECUTABLE@ ]] || return
    answer=$(_SUMMIT_COMPLETE=bash @PROGRAM@ "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" \
        "${COMP_TYPE-}" "${history:0:1}" 2>/dev/null </dev/null)
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
    # What a value stands for is shown in a list (type 63, or 33 and 64, which insert the beginning that all have
    # in common), and must never be inserted itself.
    case ${COMP_TYPE-} in
        63 | 33 | 64) ((${#values[@]} > 1)) || helps=() ;;
        *) helps=() ;;
    esac
    local number padding
    for ((number = 0; number < ${#values[@]}; number++)); do
        line=${values[number]}
        help=${helps[number]-}
        if [[ $help ]]; then
            printf -v padding '%*s' $((columns - ${#line} + 2)) ''
            line+=$padding$help
        fi
        COMPREPLY+=("$line")
    done
    # Where a name was typed instead of an id, the list has no beginning in common with what was typed: with an
    # empty entry it has none at all, and bash leaves the line as it is. A key that inserts one value after the
    # other, or all of them (types 37 and 42), asks for just that.
    [[ $other && ${COMP_TYPE-} != 37 && ${COMP_TYPE-} != 42 ]] && ((${#values[@]} > 1)) && COMPREPLY+=(' ')
}

complete -F _summit_completion summit
