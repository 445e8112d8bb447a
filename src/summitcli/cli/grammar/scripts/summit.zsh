#compdef summit
# Completion of summit for zsh.

_summit() {
    local line help files more other begun=${(Q)PREFIX}
    local -a values shown space
    local -i columns=0

    # If a quote is open, PREFIX begins after it.
    case $compstate[quote] in
        [\"\']) begun=${(Q)${:-$compstate[quote]$PREFIX$compstate[quote]}} ;;
        "$'") begun=${(Q)${:-\$\'$PREFIX\'}} ;;
    esac
    # Run the program that wrote this script, never the command on the line, which may be untrusted.
    [[ -x @EXECUTABLE@ ]] || return
    for line in "${(@f)$(_SUMMIT_COMPLETE=zsh @PROGRAM@ summit "${(@Q)words[2,CURRENT-1]}" "$begun" \
        2>/dev/null </dev/null)}"; do
        case $line in
            '') ;;
            $'\tfiles') files=1 ;;
            $'\topen') more=1 ;;
            $'\tother') other=1 ;;
            *)
                values+=("${line%%$'\t'*}")
                shown+=("${line#*$'\t'}")
                (( ${(m)#values[-1]} > columns )) && columns=${(m)#values[-1]}
                ;;
        esac
    done

    local -i number
    for (( number = 1; number <= $#values; number++ )); do
        help=$shown[number]
        shown[number]=$values[number]
        [[ -n $help ]] && shown[number]="${(mr:columns:)values[number]}  $help"
    done
    [[ -n $more ]] && space=(-S '')
    if (( $#values )); then
        # A name may have been typed instead of an ID, so zsh must not filter the offers by it (-U). Then TAB
        # inserts the first offer, and again the next one.
        [[ -n $other ]] && compstate[insert]=menu
        compadd -U -l -V summit "$space[@]" -d shown -a values
    fi
    if [[ -n $files ]]; then
        compset -P '--*='
        _files
    fi
    (( $#values )) || [[ -n $files ]]
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _summit "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
    compdef _summit summit
fi
