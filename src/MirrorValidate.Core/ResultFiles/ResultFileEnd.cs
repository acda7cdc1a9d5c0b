namespace MirrorValidate.ResultFiles;

/// <summary>Brings a file that exists to where results are written next, after a look at what it has.</summary>
internal static class ResultFileEnd
{
    // How the line of every result begins. A first line that was torn is known by it.
    private static ReadOnlySpan<byte> Beginning => "{\"id\":"u8;

    /// <summary>Reads a line of a file.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isFirst">Whether no result comes before it.</param>
    /// <returns><see langword="null"/> for the last line if it is torn.</returns>
    /// <exception cref="FormatException">It is no result; the message names the line.</exception>
    internal static ResultLine? Parse(ResultLineReader lines, bool isFirst)
    {
        try
        {
            return ResultLine.Parse(lines.Line);
        }
        catch (FormatException) when (!lines.HasEnd && (!isFirst || IsTorn(lines.Line)))
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new FormatException($"line {lines.Number}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Goes to the end of a file of results. A last line that power loss has torn is removed; one that lacks only its
    /// line end gets it.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="passed">Takes its results.</param>
    /// <returns>The number of bytes removed.</returns>
    /// <exception cref="ResultFileException">It has something else than results.</exception>
    internal static int Mend(FileStream file, PassedEntries? passed)
    {
        using var lines = new ResultLineReader(file);
        try
        {
            for (bool isFirst = true; lines.Read(); isFirst = false)
            {
                if (Parse(lines, isFirst) is not { } line) return Cut(file, lines);
                passed?.Add(line, lines.Line);
            }
        }
        catch (FormatException e)
        {
            throw NoResults(e);
        }

        file.Seek(0, SeekOrigin.End);
        if (!lines.HasEnd) file.Write("\n"u8);
        return 0;
    }

    /// <summary>Empties a file of results.</summary>
    /// <exception cref="ResultFileException">It has something else than results.</exception>
    internal static void Clear(FileStream file)
    {
        using (var lines = new ResultLineReader(file))
        {
            try
            {
                if (lines.Read()) Parse(lines, isFirst: true);
            }
            catch (FormatException e)
            {
                throw NoResults(e);
            }
        }

        file.SetLength(0);
    }

    // The beginning of a result, or zeros where the file grew and its content was lost.
    private static bool IsTorn(ReadOnlySpan<byte> line)
    {
        int length = Math.Min(line.Length, Beginning.Length);
        return line[..length].SequenceEqual(Beginning[..length]) || line.IndexOfAnyExcept((byte)0) < 0;
    }

    private static int Cut(FileStream file, ResultLineReader lines)
    {
        int removed = lines.Line.Length;
        file.SetLength(lines.Place);
        file.Seek(0, SeekOrigin.End);
        return removed;
    }

    private static ResultFileException NoResults(FormatException e) =>
        new(ResultFileProblem.NoResults, $"it is no file of results: {e.Message}", e);
}
