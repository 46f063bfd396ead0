using System.Text;
using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Review.Marks;

/// <summary>Annotations as files of their own: tables, and EDF+ files without signals.</summary>
internal static class MarkFiles
{
    /// <summary>A file of annotations.</summary>
    /// <param name="marks">The annotations.</param>
    /// <param name="recording">Their recording: start and length.</param>
    /// <param name="ending">.csv or .edf.</param>
    public static byte[] Write(IReadOnlyList<Mark> marks, Recording recording, string ending)
    {
        if (ending != ".edf")
        {
            return MarkTable.Write(marks);
        }

        using var scratch = new Scratch("annotations.edf");
        EdfWriter.Write(new Recording([], new MemorySamples([])) { Start = recording.Start, Segments = [new(0, Math.Max(1, recording.DurationSeconds))], Annotations = [.. marks.Select(m => m.Annotation())] }, scratch.Path);
        return File.ReadAllBytes(scratch.Path);
    }

    /// <summary>The annotations in a file that a person chose.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="MalformedFileException">It holds none that can be read.</exception>
    public static IReadOnlyList<Mark> Read(string name, byte[] bytes)
    {
        if (!name.EndsWith(".edf", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".bdf", StringComparison.OrdinalIgnoreCase))
        {
            return MarkTable.Read(name, Encoding.UTF8.GetString(bytes));
        }

        using var scratch = new Scratch("annotations" + Path.GetExtension(name));
        File.WriteAllBytes(scratch.Path, bytes);
        return [.. KnownFormats.OpenAlone(scratch.Path).Recordings[0].Annotations.Where(a => a.Text.Length > 0).Select(MarkOf)];
    }

    // Without signals a reader cannot know that what follows @@ is a channel of the recording.
    private static Mark MarkOf(Annotation annotation)
    {
        var at = annotation.Channel is null ? annotation.Text.LastIndexOf("@@", StringComparison.Ordinal) : -1;
        var (text, channel) = at > 0 ? (annotation.Text[..at], annotation.Text[(at + 2)..]) : (annotation.Text, annotation.Channel);
        return new(0, annotation.OnsetSeconds, Math.Max(0, annotation.DurationSeconds), text, channel, "person", "", "");
    }

    /// <summary>A file in a folder of its own that goes again.</summary>
    private sealed class Scratch : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signallab-");

        public Scratch(string name) => Path = System.IO.Path.Combine(folder.FullName, name);

        public string Path { get; }

        public void Dispose() => folder.Delete(recursive: true);
    }
}
