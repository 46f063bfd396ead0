namespace SignalLab.Formats.Electrodes;

/// <summary>The dialects of electrode files, the most telling first.</summary>
internal static class ElectrodeFormats
{
    public static IReadOnlyList<IFormat> All { get; } =
    [
        new PlaneLayout(),
        new BrainVisionElectrodes(),
        new CapTrakElectrodes(),
        new AsaElectrodes(),
        new PolhemusElectrodes(),
        new PolhemusShape(),
        new EeglabChannelTable(),
        new CsdToolboxElectrodes(),
        new ThetaPhiTable(),
        new NamedPositionTable(),
        new DigitiserPoints(),
        new BesaSpherical(),
        new NumberedPolar(),
        new NumberedPositions(),
        new SurfacePoints(),
    ];
}
