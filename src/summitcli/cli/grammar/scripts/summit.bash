# Completion of summit for bash 3.2 and later.

_summit_completion() {
    local answer line help files= more= other= columns=0 history=${histchars-}
    local -a values=() helps=()
    COMPREPLY=()
    # Run the program that wrote this script, never the command on the line, which may be untrusted.
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
        # Readline completes file names better itself, if nothing else is offered.
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
    # Explanations are only shown in lists (types 63, 33 and 64; the latter two insert the common beginning), and
    # must never be inserted.
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
    # If a name was typed instead of an ID, the offers do not begin with it. An empty entry leaves them without a
    # common beginning, so that bash keeps the line as it is. Not for the keys that insert the values one after
    # the other or all at once (types 37 and 42).
    [[ $other && ${COMP_TYPE-} != 37 && ${COMP_TYPE-} != 42 ]] && ((${#values[@]} > 1)) && COMPREPLY+=(' ')
}

complete -F _summit_completion summit
