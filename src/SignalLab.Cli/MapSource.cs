using System.CommandLine;
using SignalLab.Analysis.Components;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Projections;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>The recording behind a map: opened, filtered, projected, baseline-corrected, with channels of one kind chosen.</summary>
internal sealed class MapSource
{
    private readonly ChannelKind kind;
    private readonly TopographyOptions options;

    public MapSource(Recording recording, ChannelKind kind, TopographyOptions options)
    {
        Recording = recording;
        this.kind = kind;
        this.options = options with { Sphere = HeadSphere.Of(recording, kind) };
    }

    public Recording Recording { get; }

    /// <summary>The decomposition behind a component's map, or null.</summary>
    public Decomposition? Decomposition { get; private init; }

    /// <summary>First and last time that can be mapped; latencies of an average.</summary>
    public (double From, double To) Span => (First, First + Recording.DurationSeconds - (1 / Recording.Channels[0].RateHz));

    public string Subtitle => Recording.Evoked is { } evoked
        ? FormattableString.Invariant($"{Recording.Provenance.Input} · {evoked.Condition} · average of {evoked.AverageCount:0.#}")
        : Recording.Provenance.Input;

    private double First => Recording.Evoked?.FirstLatencySeconds ?? 0;

    public static MapSource Of(ParseResult parsed, string path, MapOptions choice)
    {
        var options = choice.Topography(parsed);
        var component = choice.Component(parsed) is { } number && choice.Time(parsed) is MapTime.Component ? number : (int?)null;
        var recording = Conditioning.Apply(parsed, Input.Whole(parsed, path));
        recording = choice.Projects(parsed) ? recording.ApplyProjectors() : recording;
        if (choice.Baseline(parsed) is var (from, to))
        {
            recording = recording.BaselineCorrected(from, to);
        }

        if (parsed.GetValue(Common.Channels) is { } wanted)
        {
            recording = recording.Pick(Selection.Channels(recording, wanted));
        }

        var kind = KindOf(recording);
        Decomposition? decomposition = null;
        if (component is { } wantedComponent)
        {
            decomposition = choice.Load(parsed) is { } kept ? DecompositionJson.Parse(File.ReadAllText(kept)) : recording.Decompose();
            ComponentPage.Require(decomposition, wantedComponent);
            Terminal.Remark(decomposition.Remarks, parsed.GetValue(Common.Quiet));
        }

        return new(recording, kind, options) { Decomposition = decomposition };
    }

    /// <summary>The one kind that has positions; electrodes and coils do not share a map.</summary>
    public static ChannelKind KindOf(Recording recording)
    {
        ChannelKind[] kinds = [.. recording.Channels.Where(c => c.Sensor is not null && !c.IsBad).Select(c => c.Kind)
            .Where(k => k is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad).Distinct()];
        return kinds.Length switch
        {
            1 => kinds[0],
            0 => throw new UnfitInputException("No channel of the recording has a known place: a map needs EEG electrodes with 10-05 names, or a file with positions."),
            _ => throw new UnfitInputException($"The recording has {string.Join(", ", kinds.Select(ChannelKinds.Name))}, which do not share a map: choose with --channels."),
        };
    }

    /// <summary>The values at the sensors.</summary>
    public ParameterMap SensorMap(MapTime time)
    {
        switch (time)
        {
            case MapTime.At(var seconds):
                return Recording.MapAt(seconds - First, kind);
            case MapTime.Window(var from, var to):
                return Recording.MapOver(from - First, to - First, kind);
            case MapTime.Power(var band):
                // Power is not linear: the reference changes the signals first, never the powers.
                return (options.Reference == TopographyReference.Average ? Recording.Montage(Montage.AverageReference) : Recording).BandMap(band, kind);
            case MapTime.Component(var number):
                return ComponentPage.MapOf(Decomposition!, Recording, kind, number);
            default:
                throw new ArgumentOutOfRangeException(nameof(time));
        }
    }

    /// <summary>The interpolated map.</summary>
    public Topography Map(MapTime time) => SensorMap(time).ToTopography(time is MapTime.Power ? options with { Reference = TopographyReference.AsRecorded } : options) with { Title = TitleOf(time) };

    /// <summary>The values that made the map, at the sensors' places in space; a gradiometer pair stands at the place of its first coil.</summary>
    public ParameterMap AtSensors(Topography map)
    {
        var layout = Recording.LayoutOf(Recording.Located(kind));
        var sensors = map.PlaneSensors.Sensors.Select(s => s with
        {
            PositionMetres = (layout.Sensors.FirstOrDefault(o => o.Name == s.Name) ?? layout.Sensors.First(o => o.Name[..^1] == s.Name[..^1])).PositionMetres,
        }).ToList();
        return map.Grid with
        {
            Support = new SensorSupport(layout with { Sensors = sensors }),
            Values = new MemoryValues([.. map.SensorValues], sensors.Count),
            Mask = null,
        };
    }

    private string TitleOf(MapTime time) => time switch
    {
        MapTime.At(var s) when Recording.Evoked is not null => FormattableString.Invariant($"{1000 * s:0.#} ms"),
        MapTime.At(var s) => FormattableString.Invariant($"{s:0.###} s"),
        MapTime.Window(var a, var b) when Recording.Evoked is not null => FormattableString.Invariant($"{1000 * a:0.#} to {1000 * b:0.#} ms"),
        MapTime.Window(var a, var b) => FormattableString.Invariant($"{a:0.###} to {b:0.###} s"),
        MapTime.Power(var band) => FormattableString.Invariant($"{band.Name} power"),
        MapTime.Component(var number) => FormattableString.Invariant($"{Decomposition.NameOf(number)} · {100 * Decomposition!.Explained[number]:0.0} % of the variance"),
        _ => "",
    };
}
