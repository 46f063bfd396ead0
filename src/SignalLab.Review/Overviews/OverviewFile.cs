using System.Security.Cryptography;
using System.Text;

namespace SignalLab.Review.Overviews;

/// <summary>Where the overview of one file is kept between sessions, in a folder of limited size.</summary>
/// <param name="folder">The folder.</param>
/// <param name="key">What tells the file and its state: path, time, length.</param>
/// <param name="mostBytes">Room of the folder.</param>
/// <param name="index">Which recording of the file.</param>
internal sealed class OverviewFile(string folder, string key, long mostBytes, int index = 0)
{
    private string Path { get; } = System.IO.Path.Combine(
        folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key}\n{index}")))[..16]) + ".overview");

    /// <summary>The place of another recording of the same file.</summary>
    public OverviewFile Of(int recording) => new(folder, key, mostBytes, recording);

    /// <summary>What was kept, or null; a damaged file counts as none.</summary>
    public T? Load<T>(Func<Stream, T?> read)
        where T : class
    {
        try
        {
            if (!File.Exists(Path))
            {
                return null;
            }

            using var stream = new BufferedStream(File.OpenRead(Path), 1 << 20);
            var kept = read(stream);
            File.SetLastAccessTimeUtc(Path, File.GetLastWriteTimeUtc(Path));
            return kept;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an overview and throws out the oldest where there is no room; without a writable folder nothing is kept.</summary>
    public void Save(Action<Stream> write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var unfinished = Path + ".part";
            using (var stream = new BufferedStream(File.Create(unfinished), 1 << 20))
            {
                write(stream);
            }

            File.Move(unfinished, Path, overwrite: true);
            var room = mostBytes;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.overview").OrderByDescending(f => f.LastWriteTimeUtc))
            {
                room -= file.Length;
                if (room < 0)
                {
                    file.Delete();
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written costs time at the next opening, nothing else.
        }
    }
}
