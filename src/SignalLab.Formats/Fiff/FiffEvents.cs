using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Lists of trigger events: sample, value before, value after. Source: MNE-Python, tags 3561 and 3566.</summary>
internal static class FiffEvents
{
    /// <summary>Reads the lists of a file.</summary>
    public static IReadOnlyList<TriggerEvent> Read(FiffFile file) => [.. file.Root.All(BlockKind.MneEvents).SelectMany(b => ReadOne(file, b))];

    private static TriggerEvent[] ReadOne(FiffFile file, FiffBlock block)
    {
        if (block.Find(TagKind.MneEvents) is not { } tag)
        {
            return [];
        }

        var values = file.Numbers(tag, "events");
        if (values.Length % 3 != 0 || values.Any(v => v != Math.Floor(v)))
        {
            throw new MalformedFileException(file.Path, tag.Data, "events", FormattableString.Invariant($"{values.Length} numbers"), "three whole numbers an event");
        }

        // Texts end with a zero each.
        string[] texts = block.Find(TagKind.MneEventTexts) is { } comment ? Encoding.Latin1.GetString(file.Raw(comment, "texts of the events")).Split('\0') : [];
        return
        [
            .. Enumerable.Range(0, values.Length / 3).Select(i => new TriggerEvent((long)values[3 * i], (long)values[(3 * i) + 1], (long)values[(3 * i) + 2])
            {
                Text = texts.Length >= values.Length / 3 ? texts[i] : "",
            }),
        ];
    }
}
