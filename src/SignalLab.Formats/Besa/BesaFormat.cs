using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Formats.Besa;

/// <summary>Exports of BESA as text: <c>.avr</c> (a row a channel) and <c>.mul</c> (a row a sample), with electrodes in an <c>.elp</c> of the same name.</summary>
/// <remarks>Source: BESA Research manual, "ASCII files: .avr, .mul, .elp".</remarks>
public sealed class BesaFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "BESA";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && BesaTable.Begins(head.Text);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var table = BesaTable.Read(path);
        var remarks = new List<string>();
        var sensors = Electrodes(path, remarks);
        string[] names = table.Names.Count == table.Samples.Count ? [.. table.Names]
            : sensors.Count == table.Samples.Count ? [.. sensors.Select(s => s.Name)]
            : [.. Enumerable.Range(1, table.Samples.Count).Select(i => FormattableString.Invariant($"CH{i}"))];
        var recording = new Recording([.. names.Select(n => ToChannel(n, table, sensors))], new MemorySamples(table.Samples))
        {
            Evoked = table.IsAverage ? new Evoked(table.Segment, 1, table.FirstMilliseconds / 1000) : null,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        if (table.IsAverage)
        {
            remarks.Add("The file does not tell how many epochs were averaged; 1 is taken.");
        }

        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static Channel ToChannel(string name, BesaTable table, IReadOnlyList<Sensor> sensors)
    {
        var wanted = ChannelName.Normalise(name);
        var sensor = sensors.FirstOrDefault(s => ChannelName.Normalise(s.Name) == wanted);
        return new(name, ChannelKind.Eeg, Unit.Microvolt, table.RateHz, table.Points) { Sensor = sensor is null ? null : sensor with { Name = name }, Frame = sensor is null ? null : Frame.Electrodes };
    }

    private static IReadOnlyList<Sensor> Electrodes(string path, List<string> remarks)
    {
        var beside = Path.ChangeExtension(path, ".elp");
        if (!File.Exists(beside) || Path.GetFullPath(beside) == Path.GetFullPath(path))
        {
            return [];
        }

        var study = new BesaSpherical().Open(beside);
        remarks.Add($"Electrodes are those of {Path.GetFileName(beside)}.");
        remarks.AddRange(study.Remarks);
        return study.Layouts[0].Sensors;
    }
}
