using System.Globalization;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>The options of an end-to-end run.</summary>
internal sealed record EndToEndOptions
{
    internal const string Usage = """
        end-to-end [--images N] [--throttle N] [--runs N] [--latency MS] [--json FILE]
          --images N     images, each a Docker list of four platforms at both sides (default 200)
          --throttle N   images at once, for every tool that can (default 20)
          --runs N       rounds; medians are printed (default 5)
          --latency MS   two embedded registries with this latency instead of two docker-registry
          --json FILE    write all times to a file as well
        """;

    internal int Images { get; init; } = 200;

    internal int Throttle { get; init; } = 20;

    internal int Runs { get; init; } = 5;

    /// <summary>The latency of embedded registries; null: real registries.</summary>
    internal TimeSpan? Latency { get; init; }

    internal string? JsonFile { get; init; }

    /// <summary>Reads the arguments; <see langword="null"/> if they are invalid or ask for help.</summary>
    internal static EndToEndOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new EndToEndOptions();
        for (int i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 >= arguments.Count) return null;
            string value = arguments[i + 1];
            if (arguments[i] == "--json")
            {
                options = options with { JsonFile = value };
                continue;
            }

            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
            EndToEndOptions? next = arguments[i] switch
            {
                "--images" => options with { Images = number },
                "--throttle" => options with { Throttle = number },
                "--runs" => options with { Runs = number },
                "--latency" => options with { Latency = TimeSpan.FromMilliseconds(number) },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }

        return options;
    }
}
