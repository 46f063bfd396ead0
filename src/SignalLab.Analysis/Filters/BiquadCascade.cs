using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>A recursive digital filter as second-order sections in a row: the only form in which a steep low cut-off stays stable.</summary>
public sealed class BiquadCascade : DigitalFilter
{
    private readonly Biquad[] sections;

    internal BiquadCascade(Biquad[] sections)
    {
        this.sections = sections;
        PadLength = 3 * ((2 * sections.Length) + 1 - Math.Min(sections.Count(s => s.B2 == 0), sections.Count(s => s.A2 == 0)));
        Margin = Math.Max(TransientLength(1e-13), PadLength + 1);
    }

    /// <summary>The sections in the order in which samples pass them.</summary>
    public ReadOnlySpan<Biquad> Sections => sections;

    /// <inheritdoc/>
    /// <remarks>Source: the default <c>padlen</c> of SciPy's <c>sosfiltfilt</c>.</remarks>
    public override int PadLength { get; }

    /// <summary>Samples after which a wrong beginning no longer shows: less than 1e−13 of it is left.</summary>
    public override int Margin { get; }

    /// <inheritdoc/>
    public override Complex At(double radiansPerSample)
    {
        var gain = Complex.One;
        foreach (var section in sections)
        {
            gain *= section.At(radiansPerSample);
        }

        return gain;
    }

    /// <inheritdoc/>
    public override double GroupDelayAt(double radiansPerSample) => sections.Sum(s => s.GroupDelayAt(radiansPerSample));

    internal override int Passes(Phase phase) => phase == Phase.Zero ? 2 : 1;

    internal override (int Before, int After) Reach(Phase phase) => (Margin, phase == Phase.Zero ? Margin : 0);

    internal override PieceFilter Over(Phase phase) => new StretchFilter(this, phase).Filter;

    internal override IStreamingStage Stream(int channels) => new StreamingSections(this, channels);

    /// <summary>The state (two numbers a section) in which a constant input of 1 has been there for ever.</summary>
    internal double[] SteadyState()
    {
        var state = new double[2 * sections.Length];
        var input = 1.0;
        for (var i = 0; i < sections.Length; i++)
        {
            var s = sections[i];
            var output = input * s.GainAtZero;
            state[(2 * i) + 1] = (s.B2 * input) - (s.A2 * output);
            state[2 * i] = (s.B1 * input) - (s.A1 * output) + state[(2 * i) + 1];
            input = output;
        }

        return state;
    }

    // The impulse response is a sum of residue · pole^n: from where on is the sum of what is left below the tolerance?
    private int TransientLength(double tolerance)
    {
        var zeros = new List<Complex>();
        var poles = new List<Complex>();
        var gain = 1.0;
        foreach (var s in sections)
        {
            gain *= s.B0;
            AddRoots(zeros, s.B1 / s.B0, s.B2 / s.B0);
            AddRoots(poles, s.A1, s.A2);
        }

        Separate(poles);
        var longest = 1.0;
        for (var i = 0; i < poles.Count; i++)
        {
            var radius = poles[i].Magnitude;
            if (radius < 1e-6)
            {
                continue;
            }

            var logResidue = Math.Log(Math.Abs(gain));
            for (var j = 0; j < poles.Count; j++)
            {
                logResidue += Math.Log(Math.Max(1e-300, (poles[i] - zeros[j]).Magnitude));
                logResidue -= j == i ? 0 : Math.Log((poles[i] - poles[j]).Magnitude);
            }

            var wanted = Math.Log(tolerance * (1 - radius) / poles.Count) - logResidue;
            longest = Math.Max(longest, 1 + (wanted / Math.Log(radius)));
        }

        return (int)Math.Min(int.MaxValue / 8, Math.Ceiling(longest));
    }

    private static void AddRoots(List<Complex> roots, double linear, double constant)
    {
        var half = Complex.Sqrt(new Complex((linear * linear / 4) - constant, 0));
        roots.Add((-linear / 2) + half);
        roots.Add((-linear / 2) - half);
    }

    // Coinciding poles have no simple residues: shifting them by a thousandth of their distance to the circle changes no length that matters.
    private static void Separate(List<Complex> poles)
    {
        for (var i = 0; i < poles.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if ((poles[i] - poles[j]).Magnitude < 1e-6 * Math.Max(1e-9, 1 - poles[i].Magnitude))
                {
                    poles[i] *= 1 - (1e-3 * (i + 1) * Math.Max(1e-9, 1 - poles[i].Magnitude));
                }
            }
        }
    }
}
