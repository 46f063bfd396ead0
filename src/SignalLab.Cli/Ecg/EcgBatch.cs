using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>Examines files one after another: one that cannot be read is named and the others are done.</summary>
internal static class EcgBatch
{
    /// <summary>Examines each file and hands it on.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="choice">What of each is examined.</param>
    /// <param name="quiet">No remarks.</param>
    /// <param name="take">Receives each examined file.</param>
    /// <returns>The exit status: done, or done in part.</returns>
    /// <exception cref="UnfitInputException">Not one file could be examined (or another error of the last file).</exception>
    public static int Run(IReadOnlyList<string> paths, EcgChoice choice, bool quiet, Action<string, EcgRecord> take)
    {
        var failed = 0;
        foreach (var path in paths)
        {
            try
            {
                take(path, EcgRecord.Of(path, choice, quiet));
            }
            catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
            {
                failed++;
                var line = LineOf(path, e);
                if (failed == paths.Count)
                {
                    throw new UnfitInputException(line);
                }

                Console.Error.WriteLine($"signallab: {line}");
            }
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Partly;
    }

    /// <summary>Examines one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">What of it is examined.</param>
    /// <param name="quiet">No remarks.</param>
    /// <exception cref="UnfitInputException">It cannot be examined.</exception>
    public static EcgRecord One(string path, EcgChoice choice, bool quiet)
    {
        try
        {
            return EcgRecord.Of(path, choice, quiet);
        }
        catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
        {
            throw new UnfitInputException(LineOf(path, e));
        }
    }

    private static string LineOf(string path, Exception error)
    {
        var line = Program.LineOf(error, ExitCode.UnfitInput);
        return line.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? line : $"{path}: {line}";
    }
}
