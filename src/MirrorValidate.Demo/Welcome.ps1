# The first lines of an interactive session.
"The source runs at $source (`$source), its mirror at $destination (`$destination), until you exit."
"image-list.txt names the images; this folder is deleted at the end. Try:"
"`n    Get-Content image-list.txt | Test-MirrorImage -s `$source -d `$destination -j 10`n"
