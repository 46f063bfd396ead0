using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>Inflated data as bytes that can be read at any place: in memory while small, in a temporary file where large. Growth that no signal or image has is refused.</summary>
internal static class Inflation
{
    /// <summary>No more than this is inflated.</summary>
    public const long Largest = 2_000_000_000;

    // Emptiness deflates a thousandfold, signals and images hardly tenfold: what is small may grow to the first, what is large by the factor.
    private const long AlwaysInflated = 1 << 26;
    private const long LargestGrowth = 200;

    private const long LargestInMemory = 1 << 26;

    /// <summary>How much so many compressed bytes may become.</summary>
    /// <param name="packedLength">Compressed bytes.</param>
    public static long Limit(long packedLength) => Math.Clamp(LargestGrowth * packedLength, AlwaysInflated, Largest);

    /// <summary>True for what the compression library throws at a damaged stream; its own exception (a preset dictionary is asked for) is not public.</summary>
    /// <param name="e">What was thrown.</param>
    public static bool IsDamage(Exception e) => e is InvalidDataException || e.GetType().Namespace == "System.IO.Compression";

    /// <summary>Inflates a stream.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="offset">Where the compressed bytes begin in it.</param>
    /// <param name="packedLength">How many they are.</param>
    /// <param name="inflate">Gives the inflated bytes.</param>
    /// <param name="field">What is inflated, for messages.</param>
    /// <param name="wanted">Inflated bytes that are wanted; more are left out.</param>
    /// <exception cref="MalformedFileException">The stream is damaged, or grows as only a trap does.</exception>
    /// <exception cref="UnfitInputException">It becomes larger than <see cref="Largest"/>.</exception>
    public static ByteSource Read(string path, long offset, long packedLength, Stream inflate, string field, long wanted = long.MaxValue)
    {
        var limit = Limit(packedLength);
        var kept = (Stream)new MemoryStream();
        try
        {
            var buffer = new byte[1 << 16];
            for (int n; (n = inflate.Read(buffer, 0, (int)Math.Min(buffer.Length, wanted - kept.Length))) > 0;)
            {
                if (kept.Length + n > limit)
                {
                    kept.Dispose();
                    throw limit < Largest
                        ? new MalformedFileException(path, offset, field, FormattableString.Invariant($"{packedLength} bytes that are more than {limit} when inflated"), FormattableString.Invariant($"data that grow at most {LargestGrowth} times"))
                        : new UnfitInputException($"{path}: holds more than 2 GB of {field} when unzipped; unzip it first.");
                }

                if (kept is MemoryStream memory && kept.Length + n > LargestInMemory)
                {
                    kept = TemporaryFile();
                    memory.WriteTo(kept);
                }

                kept.Write(buffer, 0, n);
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            kept.Dispose();
            throw new MalformedFileException(path, offset, field, "a damaged or cut stream", "a whole compressed stream", e);
        }

        return kept is FileStream file ? ByteSource.OfHandle(path, file.SafeFileHandle) : ByteSource.OfMemory(path, ((MemoryStream)kept).ToArray());
    }

    // Without a name where the system allows that: nothing is left behind however the program ends.
    private static FileStream TemporaryFile()
    {
        var path = Path.Combine(Path.GetTempPath(), "signallab-" + Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 0, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}
