namespace SignalLab.Formats.Kit;

/// <summary>Gain and filters of the amplifiers, packed into the bits of one number in a way that depends on the flux-locked loop.</summary>
internal static class KitAmplifier
{
    private const int FirstKapper = 100;

    private static readonly double[] Gains = [1, 2, 5, 10, 20, 50, 100, 200];

    private static readonly double[][] Highpass = [[0, 1, 3, 3], [0, 0.03, 0.1, 0.3, 1, 3, 10, 30], [0, 0.03, 0.1, 0.3, 1, 3, 10, 30], [0, 1, 3, 10, 30, 100, 200, 500]];

    private static readonly double[][] Lowpass =
        [[10, 20, 50, 100, 200, 500, 1000, 2000], [10, 20, 50, 100, 200, 500, 1000, 2000], [10, 20, 50, 100, 200, 500, 1000, 10000], [10, 30, 100, 300, 1000, 2000, 5000, 10000]];

    private static readonly double[][] Notch = [[0, 50, 60, 60], [0, 0, 0], [0, 60, 50, 50]];

    // Type of loop; which of the high-pass, low-pass and notch tables it uses.
    private static readonly (int Type, int High, int Low, int Stop)[] Loops =
        [(0, 0, 0, 0), (10, 0, 0, 0), (20, 0, 0, 0), (50, 1, 0, 0), (60, 1, 0, 0), (100, 2, 2, 2), (101, 0, 2, 1), (120, 2, 2, 2), (200, 3, 3, 2), (300, 1, 1, 1)];

    /// <summary>Unpacks the setting.</summary>
    /// <param name="setting">The number.</param>
    /// <param name="lockedLoop">Type of the flux-locked loop.</param>
    /// <param name="remarks">Receives that the type is unknown.</param>
    /// <returns>Amplification, and the filters as <c>HP:1Hz LP:200Hz</c>.</returns>
    public static (double Gain, string Prefilter) Read(int setting, int lockedLoop, List<string> remarks)
    {
        var loop = Loops.LastOrDefault(l => l.Type <= lockedLoop, Loops[0]);
        if (loop.Type != lockedLoop)
        {
            remarks.Add(FormattableString.Invariant($"The type of flux-locked loop ({lockedLoop}) is not known; gains and filters are read as those of type {loop.Type}: check the scale."));
        }

        int Bits(int mask, int shift) => (setting & mask) >> shift;
        var (gain, high, low, stop) = lockedLoop >= FirstKapper
            ? (Gains[Bits(0x7000, 12)] * Gains[Bits(0x70000000, 28)] * Gains[Bits(0x07000000, 24)], Bits(0x700, 8), Bits(0x70000, 16), Bits(0x3, 0))
            : (Gains[Bits(0x1800, 11)] * Gains[Bits(0x7, 0)], Bits(0x70, 4), Bits(0x700, 8), Bits(0xc000, 14));
        string[] words =
        [
            Word("HP", Highpass[loop.High], high),
            Word("LP", Lowpass[loop.Low], low),
            Word("N", Notch[loop.Stop], stop),
        ];
        return (gain, string.Join(' ', words.Where(w => w.Length > 0)));
    }

    private static string Word(string name, double[] table, int index) => index < table.Length && table[index] > 0 ? FormattableString.Invariant($"{name}:{table[index]}Hz") : "";
}
