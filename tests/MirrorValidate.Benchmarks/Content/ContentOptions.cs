using System.Globalization;

namespace MirrorValidate.Benchmarks.Content;

/// <summary>The options of a content run.</summary>
internal sealed record ContentOptions
{
    internal const string Usage = """
        content [--size MIB] [--layers N] [--runs N]
          --size MIB   all layers together, in MiB (default 2048)
          --layers N   layers of equal size (default 1)
          --runs N     rounds; medians are printed (default 5)
        """;

    private const long Mebibyte = 1024 * 1024;

    internal int Size { get; init; } = 2048;

    internal int Layers { get; init; } = 1;

    internal int Runs { get; init; } = 5;

    /// <summary>The size of a layer in bytes.</summary>
    internal long LayerSize => Size * Mebibyte / Layers;

    /// <summary>Reads the arguments; <see langword="null"/> if they are invalid or ask for help.</summary>
    internal static ContentOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ContentOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 >= arguments.Count) return null;
            if (!int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number == 0)
                return null;
            ContentOptions? next = arguments[i] switch
            {
                "--size" => options with { Size = number },
                "--layers" => options with { Layers = number },
                "--runs" => options with { Runs = number },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }

        return options;
    }
}
