using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>Shared Near Infrared Spectroscopy Format: HDF5 with light intensities (or what was made of them), stimuli and probe.</summary>
/// <remarks>Source: Society for fNIRS, SNIRF specification 1.1.</remarks>
public sealed class SnirfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "SNIRF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (!Hdf5File.Recognises(head))
        {
            return false;
        }

        try
        {
            using var file = Hdf5File.Open(head.Path);
            return file.Children("").Any(IsRun);
        }
        catch (MalformedFileException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var file = Hdf5File.Open(path);
        string[] runs = [.. file.Children("").Where(IsRun).Order(StringComparer.Ordinal)];
        if (runs.Length == 0)
        {
            throw new MalformedFileException(path, null, "groups", $"\"{string.Join(", ", file.Children(""))}\"", "a group \"nirs\"");
        }

        Recording[] recordings = [.. runs.SelectMany(run => new SnirfRun(file, run).Recordings()).Select(r => r with { Provenance = Provenance.OfFile(path, Name) })];
        return new Study { Recordings = recordings, Format = Name };
    }

    // One recording is called nirs; several are nirs1, nirs2, ….
    private static bool IsRun(string name) => name == "nirs" || (name.StartsWith("nirs", StringComparison.Ordinal) && name.AsSpan(4).ContainsAnyExceptInRange('0', '9') is false);
}
