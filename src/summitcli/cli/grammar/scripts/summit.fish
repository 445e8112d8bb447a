# Completion of summit for fish.

function __summit_completion
    # Run the program that wrote this script, never the command on the line, which may be untrusted.
    test -x @EXECUTABLE@; or return
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    # A quote may still be open.
    set -l begun (string unescape -- $token; or string unescape -- "$token'"; or string unescape -- $token'"')
    set -l other
    for line in (_SUMMIT_COMPLETE=fish @PROGRAM@ summit $words[2..-1] "$begun" 2>/dev/null </dev/null)
        switch $line
            case \tfiles
                set -l flag (string match -r -- '^--[^=]*=' $begun)
                set -l path (string replace -r -- '^--[^=]*=' '' $begun)
                __fish_complete_path "$path" | string replace -r '^' -- "$flag"
            case \tother
                # fish keeps offers whose description contains what was typed, such as pinyin.
                set other " ($begun)"
            case \topen
            case '*'
                printf '%s\n' "$line$other"
        end
    end
end

complete -c summit -f -k -a '(__summit_completion)'
