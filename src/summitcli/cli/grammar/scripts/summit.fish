# What the TAB key offers after "summit" in fish.

function __summit_completion
    # The program that made this script, not the one that the line names: that one runs when Enter is pressed.
    test -x @EXECUTABLE@; or return
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    # A quote that is still open is no reason to know less of what stands in it.
    set -l begun (string unescape -- $token; or string unescape -- "$token'"; or string unescape -- $token'"')
    set -l other
    for line in (_SUMMIT_COMPLETE=fish @PROGRAM@ summit $words[2..-1] "$begun" 2>/dev/null </dev/null)
        switch $line
            case \tfiles
                set -l flag (string match -r -- '^--[^=]*=' $begun)
                set -l path (string replace -r -- '^--[^=]*=' '' $begun)
                __fish_complete_path "$path" | string replace -r '^' -- "$flag"
            case \tother
                # fish takes what has in its description what was typed: pinyin, too, where that is told.
                set other " ($begun)"
            case \topen
            case '*'
                printf '%s\n' "$line$other"
        end
    end
end

complete -c summit -f -k -a '(__summit_completion)'
