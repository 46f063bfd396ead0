using System.Security.Cryptography;
using System.Text;
using SignalLab.Review.Files;
using SignalLab.Review.Recordings;

namespace SignalLab.Review.Marks;

/// <summary>The stores of annotations, one a recording: beside it, or in a chosen folder; the recording itself is never touched.</summary>
/// <param name="folder">The chosen folder, or null for beside each recording.</param>
/// <param name="fallback">Folder for recordings that lie where nothing may be written.</param>
/// <param name="clock">Stamps edits.</param>
internal sealed class MarkStores(string? folder, string fallback, TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MarkStore> stores = [];

    /// <summary>The store of a recording; at its first opening the file's own annotations are taken in.</summary>
    public MarkStore Of(OpenRecording recording)
    {
        lock (gate)
        {
            var path = PathOf(recording);
            if (!stores.TryGetValue(path, out var store))
            {
                store = stores[path] = new(path, recording.Recording.Annotations, clock);
            }

            return store;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var store in stores.Values)
            {
                store.Dispose();
            }

            stores.Clear();
        }
    }

    private string PathOf(OpenRecording recording)
    {
        var file = recording.Study.Path;
        if (folder is null && IsWritable(Path.GetDirectoryName(file)!))
        {
            return file + OwnFiles.MarksEnding;
        }

        // Elsewhere files of one name from several folders must not meet.
        var place = folder ?? fallback;
        Directory.CreateDirectory(place);
        return Path.Combine(place, FormattableString.Invariant($"{Path.GetFileName(file)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..8]}{OwnFiles.MarksEnding}"));
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, FormattableString.Invariant($".signallab-{Environment.ProcessId}")), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
