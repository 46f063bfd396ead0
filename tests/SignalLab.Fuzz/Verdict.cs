using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Fuzz;

/// <summary>What became of one damaged file: nothing to report, or the fault of the reader.</summary>
internal static class Verdict
{
    /// <summary>Opens a file and reads it; a result and one clear error are both right.</summary>
    /// <param name="open">Opens it.</param>
    /// <returns>The fault, or null.</returns>
    public static Exception? Of(Func<Study> open)
    {
        try
        {
            Reading.Whole(open());
            return null;
        }
        catch (Exception e) when (e is MalformedFileException or UnfitInputException)
        {
            return e.Message.Contains('\n', StringComparison.Ordinal) ? new BrokenPromiseException("an error is one line: " + e.Message) : Hidden(e);
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Opens a file by its content, or as the format it was known as where the damage hides that.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="format">The format of the undamaged file.</param>
    public static Study Open(string path, IFormat format)
    {
        var head = FileHead.Of(path);
        return (KnownFormats.All.FirstOrDefault(f => f.Recognises(head)) ?? format).Open(path);
    }

    // A reader that wraps what its libraries throw must not wrap the end of memory.
    private static Exception? Hidden(Exception e)
    {
        for (var inner = e.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is OutOfMemoryException)
            {
                return inner;
            }
        }

        return null;
    }
}
