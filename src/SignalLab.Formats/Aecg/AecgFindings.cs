using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>What was found in an ECG, as an annotated ECG holds it.</summary>
/// <param name="Author">Who found it.</param>
public sealed record AecgFindings(Origin Author)
{
    /// <summary>The beats in order of time.</summary>
    public IReadOnlyList<AecgBeat> Beats { get; init; } = [];

    /// <summary>Stretches of rhythm; the text is the rhythm's name.</summary>
    public IReadOnlyList<Annotation> Rhythm { get; init; } = [];

    /// <summary>Numbers about the whole ECG; those without a value or without a code in this format are left out.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];
}

/// <summary>A beat and its waves.</summary>
/// <param name="Code">Its kind (<c>MDC_ECG_BEAT_NORMAL</c>).</param>
/// <param name="Seconds">Its QRS complex, real time since the recording's first sample.</param>
/// <param name="Waves">Its waves, global and by lead.</param>
public sealed record AecgBeat(string Code, double Seconds, IReadOnlyList<AecgWave> Waves);

/// <summary>Where a wave begins and ends.</summary>
/// <param name="Code">Which wave (<c>MDC_ECG_WAVC_PWAVE</c>).</param>
/// <param name="OnsetSeconds">Its onset, real time since the recording's first sample; null where it is not known.</param>
/// <param name="EndSeconds">Its end.</param>
/// <param name="Lead">Label of the lead, or null for all leads together.</param>
public sealed record AecgWave(string Code, double? OnsetSeconds, double? EndSeconds, string? Lead = null);
