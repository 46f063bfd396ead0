using System.CommandLine;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Mains;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Montage and filters as every verb takes them, applied in the order montage, mains, band, notch.</summary>
internal static class Conditioning
{
    public static Option<double?> Highpass { get; } = new("--highpass") { Description = "Lower cut-off in Hz." };

    public static Option<double?> Lowpass { get; } = new("--lowpass") { Description = "Upper cut-off in Hz; with --highpass ONE band-pass." };

    public static Option<string> Notch { get; } = new("--notch") { Description = "Frequencies to take out, in Hz: 50,100." };

    public static Option<int> Order { get; } = new("--order") { Description = "Order of the prototype per pass.", DefaultValueFactory = _ => 4 };

    public static Option<string> Design { get; } = new("--design") { Description = "butterworth, chebyshev1, chebyshev2, elliptic, bessel or fir.", DefaultValueFactory = _ => "butterworth" };

    public static Option<double> Ripple { get; } = new("--ripple-db") { Description = "Depth of the pass band's ripples per pass (chebyshev1, elliptic, equiripple).", DefaultValueFactory = _ => 1 };

    public static Option<double> Attenuation { get; } = new("--attenuation-db") { Description = "Attenuation of the stop band per pass (chebyshev2, elliptic, kaiser, equiripple).", DefaultValueFactory = _ => 40 };

    public static Option<string> PhaseName { get; } = new("--phase") { Description = "zero or forward.", DefaultValueFactory = _ => "zero" };

    public static Option<double> Quality { get; } = new("--q") { Description = "Sharpness of the notch: frequency / width.", DefaultValueFactory = _ => 30 };

    public static Option<string> Window { get; } = new("--window") { Description = "Of a fir design: hamming, hann, blackman, kaiser, or equiripple for none.", DefaultValueFactory = _ => "hamming" };

    public static Option<double?> Mains { get; } = new("--mains") { Description = "Mains frequency in Hz whose hum, with its harmonics, is fitted and subtracted." };

    /// <summary>The montage and filters that were asked for.</summary>
    public static Recording Apply(ParseResult parsed, Recording recording)
    {
        recording = Derivations.Apply(parsed, recording);
        if (parsed.GetValue(Mains) is { } mains)
        {
            recording = recording.RemoveMains(new MainsOptions { FrequencyHz = mains });
        }

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
            designs.Add(Designed(parsed, band));
        }

        if (parsed.GetValue(Notch) is { } notches)
        {
            var frequencies = Selection.Numbers(notches, "--notch");
            designs.AddRange(parsed.GetValue(Design) == "fir" ? [FilterDesign.FirNotch(frequencies)] : frequencies.Select(hz => FilterDesign.Notch(hz, parsed.GetValue(Quality))));
        }

        return designs;
    }

    private static FilterDesign Designed(ParseResult parsed, FilterBand band)
    {
        var (order, ripple, attenuation) = (parsed.GetValue(Order), parsed.GetValue(Ripple), parsed.GetValue(Attenuation));
        return parsed.GetValue(Design) switch
        {
            null or "butterworth" => FilterDesign.Butterworth(band, order),
            "chebyshev1" => FilterDesign.Chebyshev1(band, order, ripple),
            "chebyshev2" => FilterDesign.Chebyshev2(band, order, attenuation),
            "elliptic" => FilterDesign.Elliptic(band, order, ripple, attenuation),
            "bessel" => FilterDesign.Bessel(band, order),
            "fir" => parsed.GetValue(Window) switch
            {
                null or "hamming" => FilterDesign.WindowedSinc(band),
                "hann" => FilterDesign.WindowedSinc(band, FirWindow.Hann),
                "blackman" => FilterDesign.WindowedSinc(band, FirWindow.Blackman),
                "kaiser" => FilterDesign.KaiserSinc(band, attenuation),
                "equiripple" => FilterDesign.Equiripple(band, ripple, attenuation),
                var window => throw new UsageException($"--window '{window}': expected hamming, hann, blackman, kaiser or equiripple."),
            },
            var other => throw new UsageException($"--design '{other}': expected butterworth, chebyshev1, chebyshev2, elliptic, bessel or fir."),
        };
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
