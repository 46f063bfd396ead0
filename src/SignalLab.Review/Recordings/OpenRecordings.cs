using SignalLab.Formats;
using SignalLab.Model;
using SignalLab.Review.Files;

namespace SignalLab.Review.Recordings;

/// <summary>The files that were opened last, kept open; a file that has changed on the disk is opened anew.</summary>
/// <param name="shelf">What may be opened.</param>
/// <param name="cacheFolder">Where what is computed from files is kept.</param>
/// <param name="cacheBytes">How much room they may take.</param>
internal sealed class OpenRecordings(Shelf shelf, string cacheFolder, long cacheBytes) : IDisposable
{
    private const int MostOpen = 4;

    private readonly Lock gate = new();
    private readonly List<(string Key, Lazy<OpenStudy> Study)> open = [];

    /// <summary>A file's content.</summary>
    /// <param name="relative">Path below the shelf's root.</param>
    /// <exception cref="MalformedFileException">It is damaged or of no known format.</exception>
    public OpenStudy Study(string relative)
    {
        var path = shelf.Locate(relative);
        var stamp = Directory.Exists(path) ? Directory.GetLastWriteTimeUtc(path) : File.GetLastWriteTimeUtc(path);
        var key = FormattableString.Invariant($"{path}\n{stamp:O}\n{(File.Exists(path) ? new FileInfo(path).Length : 0)}");
        Lazy<OpenStudy> study;
        lock (gate)
        {
            var at = open.FindIndex(o => o.Key == key);
            study = at >= 0 ? open[at].Study : new(() => new(relative, path, KnownFormats.Open(path), new(cacheFolder, key, cacheBytes)));
            if (at >= 0)
            {
                open.RemoveAt(at);
            }

            open.Insert(0, (key, study));
            while (open.Count > MostOpen)
            {
                Close(open[^1].Study);
                open.RemoveAt(open.Count - 1);
            }
        }

        try
        {
            return study.Value;
        }
        catch
        {
            lock (gate)
            {
                open.RemoveAll(o => o.Study == study);
            }

            throw;
        }
    }

    /// <summary>One recording of a file.</summary>
    /// <param name="relative">Path below the shelf's root.</param>
    /// <param name="index">Which, where it holds several.</param>
    public OpenRecording Recording(string relative, int index = 0) => Study(relative).Recording(index);

    public void Dispose()
    {
        lock (gate)
        {
            open.ForEach(o => Close(o.Study));
            open.Clear();
        }
    }

    private static void Close(Lazy<OpenStudy> study)
    {
        if (study is { IsValueCreated: true, Value: var value })
        {
            value.Dispose();
        }
    }
}
