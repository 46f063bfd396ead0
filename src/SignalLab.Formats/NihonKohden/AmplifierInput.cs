using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>How an input's numbers become a voltage: electrodes span ±3.2 mV, the DC inputs and marks ±12 V.</summary>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Calibration">The scale.</param>
/// <remarks>Source: nk2edf; inputs are numbered as in the <c>.21E</c> file.</remarks>
internal sealed record AmplifierInput(Unit Unit, Calibration Calibration)
{
    private const int FirstDc = 42;

    private const int LastDc = 73;

    private static readonly AmplifierInput Electrode = new(Unit.Microvolt, Span(-3200, 3199.902));

    private static readonly AmplifierInput Dc = new(Unit.Millivolt, Span(-12002.9, 12002.56));

    /// <summary>The input of a number.</summary>
    /// <param name="number">Its number.</param>
    public static AmplifierInput Of(int number) => IsDc(number) || number is 76 or 77 ? Dc : Electrode;

    /// <summary>True for one of the 32 DC inputs.</summary>
    /// <param name="number">Its number.</param>
    public static bool IsDc(int number) => number is >= FirstDc and <= LastDc;

    private static Calibration Span(double least, double most)
    {
        var gain = (most - least) / 65535;
        return new(gain, least + (32768 * gain), -32768, 32767, least, most);
    }
}
