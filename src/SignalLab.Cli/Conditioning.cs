using System.CommandLine;
using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Montage and filters as every verb takes them, applied in the order montage, band, notch.</summary>
internal static class Conditioning
{
    public static Option<double?> Highpass { get; } = new("--highpass") { Description = "Lower cut-off in Hz." };

    public static Option<double?> Lowpass { get; } = new("--lowpass") { Description = "Upper cut-off in Hz; with --highpass ONE band-pass." };

    public static Option<string> Notch { get; } = new("--notch") { Description = "Frequencies to take out, in Hz: 50,100." };

    public static Option<int> Order { get; } = new("--order") { Description = "Order of the prototype per pass.", DefaultValueFactory = _ => 4 };

    public static Option<string> Design { get; } = new("--design") { Description = "butterworth.", DefaultValueFactory = _ => "butterworth" };

    public static Option<string> PhaseName { get; } = new("--phase") { Description = "zero or forward.", DefaultValueFactory = _ => "zero" };

    public static Option<double> Quality { get; } = new("--q") { Description = "Sharpness of the notch: frequency / width.", DefaultValueFactory = _ => 30 };

    /// <summary>The montage and filters that were asked for.</summary>
    public static Recording Apply(ParseResult parsed, Recording recording)
    {
        recording = Derivations.Apply(parsed, recording);
        foreach (var design in Designs(parsed))
        {
            recording = recording.Filter(design, PhaseOf(parsed));
        }

        return recording;
    }

    /// <summary>The filters that were asked for, in their order.</summary>
    public static IReadOnlyList<FilterDesign> Designs(ParseResult parsed)
    {
        var designs = new List<FilterDesign>();
        if (Band(parsed.GetValue(Highpass), parsed.GetValue(Lowpass)) is { } band)
        {
            designs.Add(FilterDesign.Butterworth(band, parsed.GetValue(Order)));
        }

        if (parsed.GetValue(Notch) is { } notches)
        {
            designs.AddRange(Selection.Numbers(notches, "--notch").Select(hz => FilterDesign.Notch(hz, parsed.GetValue(Quality))));
        }

        if (parsed.GetValue(Design) is { } design && design != "butterworth")
        {
            throw new UsageException($"--design '{design}': this version designs butterworth only.");
        }

        return designs;
    }

    /// <summary>The phase that was asked for.</summary>
    public static Phase PhaseOf(ParseResult parsed) => parsed.GetValue(PhaseName) switch
    {
        null or "zero" => Phase.Zero,
        "forward" => Phase.Forward,
        var other => throw new UsageException($"--phase '{other}': expected zero or forward."),
    };

    private static FilterBand? Band(double? low, double? high) => (low, high) switch
    {
        (null, null) => null,
        ({ } l, { } h) => FilterBand.Bandpass(l, h),
        ({ } l, null) => FilterBand.Highpass(l),
        (null, { } h) => FilterBand.Lowpass(h),
    };
}
