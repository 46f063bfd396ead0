namespace SignalLab.Analysis.Artifacts;

/// <summary>How much of each electro-oculogram every channel holds.</summary>
/// <param name="Channels">Labels of the channels to be corrected.</param>
/// <param name="Regressors">Labels of the EOG channels.</param>
/// <param name="Coefficients">Channels × regressors: units of the channel per unit of the regressor.</param>
/// <remarks>Source: Gratton, Coles &amp; Donchin, Electroencephalogr. Clin. Neurophysiol. 55 (1983) 468–484; several EOGs at once: Croft &amp; Barry, Clin. Neurophysiol. 111 (2000) 444–451.</remarks>
public sealed record EogRegression(IReadOnlyList<string> Channels, IReadOnlyList<string> Regressors, IReadOnlyList<double[]> Coefficients);
