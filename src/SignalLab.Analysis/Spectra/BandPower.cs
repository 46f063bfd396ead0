using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Power in a band.</summary>
/// <param name="Band">The band.</param>
/// <param name="Absolute">Density integrated over the band, in the spectrum's power unit.</param>
/// <param name="Relative">Part of the sum over all bands that were asked for together, 0…1.</param>
public sealed record BandPower(FrequencyBand Band, double Absolute, double Relative);
