namespace SignalLab.Analysis.Ecg;

/// <summary>The shape that beats of one kind share.</summary>
/// <param name="Count">How many beats have it.</param>
/// <param name="Class">Their kind.</param>
/// <param name="Waveforms">Per examined lead the mean beat, in the lead's unit.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="PeakIndex">Where the beats' <see cref="Beat.Sample"/> stands in the waveforms.</param>
public sealed record BeatTemplate(int Count, BeatClass Class, IReadOnlyList<double[]> Waveforms, double RateHz, int PeakIndex);
