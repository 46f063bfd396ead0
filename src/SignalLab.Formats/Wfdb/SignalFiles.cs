using Microsoft.Win32.SafeHandles;
using SignalLab.Formats.Flac;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>The signal files of one record: found beside the header, their lengths known, at most <see cref="MostOpen"/> of them open at a time (a record may have thousands).</summary>
internal sealed class SignalFiles(string headerPath)
{
    private const int MostOpen = 32;

    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(headerPath))!;
    private readonly Dictionary<string, SafeFileHandle> open = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>The file of a name that a header states, which must lie in the header's folder or below.</summary>
    /// <param name="statingPath">The header that states it, for messages.</param>
    /// <param name="name">The name.</param>
    /// <param name="field">What is named, for messages.</param>
    /// <exception cref="MalformedFileException">It leads elsewhere or is not there.</exception>
    public string Locate(string statingPath, string name, string field)
    {
        var full = name.Contains('\0', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || Path.IsPathRooted(name) || name.Split('/').Contains("..")
            ? null
            : Path.GetFullPath(Path.Combine(folder, name));
        if (full is null || !full.StartsWith(folder, StringComparison.Ordinal))
        {
            throw new MalformedFileException(statingPath, null, field, $"\"{name}\"", "the name of a file beside the header, without a path that leads elsewhere");
        }

        return File.Exists(full) ? full : throw new MalformedFileException(statingPath, null, field, $"no file \"{name}\" beside the header", "the file that it names");
    }

    /// <summary>The FLAC stream in a file that was located.</summary>
    public static FlacStream OpenFlac(SignalFiles files, string path) => new(path, new FileInfo(path).Length, (offset, into) => files.Read(path, offset, into));

    /// <summary>Reads bytes of a file that was located.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Byte offset.</param>
    /// <param name="into">Receives the bytes.</param>
    /// <exception cref="MalformedFileException">The file is now shorter than when it was opened.</exception>
    public void Read(string path, long offset, Span<byte> into)
    {
        ByteSource.BytesRead += into.Length;
        while (into.Length > 0)
        {
            int n;
            try
            {
                n = RandomAccess.Read(Handle(path), into, offset);
            }
            catch (ObjectDisposedException)
            {
                // Another reader opened so many files that this one was closed in between: it is opened again.
                continue;
            }

            if (n == 0)
            {
                throw new MalformedFileException(path, offset, "samples", "the end of the file (it was cut after opening)", FormattableString.Invariant($"{into.Length} more bytes"));
            }

            into = into[n..];
            offset += n;
        }
    }

    private SafeFileHandle Handle(string path)
    {
        lock (open)
        {
            if (!open.TryGetValue(path, out var handle))
            {
                if (open.Count == MostOpen && open.Remove(order.Dequeue(), out var oldest))
                {
                    oldest.Dispose();
                }

                handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
                open[path] = handle;
                order.Enqueue(path);
            }

            return handle;
        }
    }
}
