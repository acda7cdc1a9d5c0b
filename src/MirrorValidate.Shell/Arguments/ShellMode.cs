namespace MirrorValidate.Shell.Arguments;

/// <summary>What one start of the shell is for.</summary>
internal enum ShellMode
{
    /// <summary>Read, run, print, again.</summary>
    Interactive,

    /// <summary>Run the text given with <c>-Command</c>.</summary>
    Command,

    /// <summary>Run the script file given with <c>-File</c>.</summary>
    File,

    /// <summary>Run what standard input holds as one script.</summary>
    StandardInput,

    /// <summary>Show the main job on two embedded registries.</summary>
    Demo,

    /// <summary>Print the usage.</summary>
    Help,

    /// <summary>Print the version.</summary>
    Version,
}
