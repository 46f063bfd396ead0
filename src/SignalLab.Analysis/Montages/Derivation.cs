namespace SignalLab.Analysis.Montages;

/// <summary>An electrode's share in a derivation.</summary>
/// <param name="Electrode">Its name, matched as <see cref="SignalLab.Model.ChannelName.Normalise"/> does (T3 = T7); <c>Fp1#2</c> means the second channel of that name.</param>
/// <param name="Weight">Factor of its potential.</param>
public readonly record struct Term(string Electrode, double Weight);

/// <summary>One trace of a montage: a weighted sum of electrodes, as a rule with weights that sum to 0.</summary>
/// <param name="Label">What the trace is called, or null to name it after its electrodes as the recording spells them.</param>
/// <param name="Terms">The electrodes, the active one first.</param>
public sealed record Derivation(string? Label, IReadOnlyList<Term> Terms)
{
    /// <summary>The potential of one electrode against another: V(plus) − V(minus).</summary>
    /// <param name="plus">The first electrode, shown upwards where it is more negative (by the clinical convention).</param>
    /// <param name="minus">The second electrode.</param>
    public static Derivation Bipolar(string plus, string minus) => new(null, [new(plus, 1), new(minus, -1)]);
}
