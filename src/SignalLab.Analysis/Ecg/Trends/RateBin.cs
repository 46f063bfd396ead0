namespace SignalLab.Analysis.Ecg;

/// <summary>Heart rate and beats of one stretch of a recording.</summary>
/// <param name="OnsetSeconds">Where it begins, real time since the recording's first sample.</param>
/// <param name="Beats">Number of beats.</param>
/// <param name="MinBpm">Lowest rate of eight successive intervals that end in it, or null where there are none.</param>
/// <param name="MeanBpm">60 s over the mean of the intervals that end in it, or null where there are none.</param>
/// <param name="MaxBpm">Highest rate of eight successive intervals that end in it, or null where there are none.</param>
/// <param name="Supraventricular">Number of supraventricular ectopic beats.</param>
/// <param name="Ventricular">Number of ventricular ectopic beats, fusion beats not among them.</param>
/// <param name="LongestSeconds">Longest interval that ends in it; 0 where there is none.</param>
public readonly record struct RateBin(double OnsetSeconds, int Beats, double? MinBpm, double? MeanBpm, double? MaxBpm, int Supraventricular, int Ventricular, double LongestSeconds);
