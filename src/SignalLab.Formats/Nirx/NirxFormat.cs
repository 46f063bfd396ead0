using SignalLab.Model;

namespace SignalLab.Formats.Nirx;

/// <summary>Recordings of NIRx (NIRStar, NIRSport, NIRScout): a folder with a header, light intensities for each wavelength, events and the probe.</summary>
/// <remarks>Source: NIRx, NIRStar user manual, "data files"; the files of NIRStar 15.0 to 15.3.</remarks>
public sealed class NirxFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "NIRx";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.IsDirectory ? HeaderIn(head.Path) is not null : IsHeader(head);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var header = Directory.Exists(path) ? HeaderIn(path) ?? throw new MalformedFileException(path, null, "folder", "no header", "a .hdr file of NIRStar beside .wl1 and .wl2") : path;
        return new Study { Recordings = [NirxRecording.Open(header)], Format = Name };
    }

    private static bool IsHeader(FileHead head) => !head.IsGzip && head.Text.AsSpan().TrimStart("\uFEFF\u00EF\u00BB\u00BF \r\n").StartsWith("[GeneralInfo]", StringComparison.Ordinal);

    private static string? HeaderIn(string folder)
    {
        string[] headers = [.. Directory.EnumerateFiles(folder, "*.hdr").Take(3)];
        return headers.Length == 1 && File.Exists(Path.ChangeExtension(headers[0], ".wl1")) && IsHeader(FileHead.Of(headers[0])) ? headers[0] : null;
    }
}
