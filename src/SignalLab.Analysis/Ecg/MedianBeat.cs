using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>The usual beat: beats of the dominant kind aligned and averaged, so that noise is small.</summary>
/// <param name="Waveforms">One channel a lead, the leads' names and units; sample 0 is the beginning of the averaged stretch.</param>
/// <param name="PeakIndex">Where the beats' <see cref="Beat.Sample"/> stands.</param>
/// <param name="Count">How many beats were averaged.</param>
/// <param name="Leads">Its waves in each lead; sample indices count within <paramref name="Waveforms"/>.</param>
/// <param name="Global">Its waves over all leads; sample indices count within <paramref name="Waveforms"/>.</param>
public sealed record MedianBeat(Recording Waveforms, int PeakIndex, int Count, IReadOnlyList<WaveMarks> Leads, WaveMarks Global);
