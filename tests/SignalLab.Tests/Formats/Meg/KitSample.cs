namespace SignalLab.Tests.Formats.Meg;

/// <summary>Small KIT files made for tests: two gradiometers, a reference, a trigger, an electrode and an unused input.</summary>
internal static class KitSample
{
    public const int ChannelCount = 6, Entries = 32;

    /// <summary>Makes a file.</summary>
    /// <param name="samples">Samples a channel (an epoch, where there are epochs).</param>
    /// <param name="epochs">Epochs, 0 for a continuous recording.</param>
    /// <param name="version">Version and revision.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="points">Digitised points inside.</param>
    /// <param name="isMarker">A measurement of markers, without samples.</param>
    /// <param name="lockedLoop">Type of the flux-locked loop.</param>
    /// <param name="amplifier">Setting of the amplifiers.</param>
    /// <param name="system">Number of the system.</param>
    public static byte[] Make(int samples, int epochs = 0, (int Version, int Revision)? version = null, int bits = 16, bool points = false, bool isMarker = false, int lockedLoop = 10, int amplifier = 0x0c05, int system = 34)
    {
        var (v, r) = version ?? (2, 4);
        var parts = new (int Index, int Size, int Count, byte[] Bytes)[]
        {
            (1, 1248, 1, System(v, r, bits, lockedLoop, system)),
            (4, 76, ChannelCount, Channels()),
            (5, 16, ChannelCount, Little().Double(0, 2e-9, 0, -3e-9, 0, 1e-9, 0, 1, 0, 1, 0, 1).ToArray()),
            (7, 4, 1, Little().Int32(amplifier).ToArray()),
            (8, 64, 1, Acquisition(samples, epochs, isMarker)),
            (12, 1032, 1, Coregistration()),
            (26, 32, points ? 10 : 0, points ? Points() : []),
            (9, bits / 8, isMarker ? 0 : samples * Math.Max(1, epochs) * ChannelCount, isMarker ? [] : Samples(samples * Math.Max(1, epochs), bits)),
        };
        var directory = new (int Offset, int Size, int Count)[Entries];
        directory[0] = (0, 16, Entries);
        var at = 16 * Entries;
        foreach (var (index, size, count, bytes) in parts)
        {
            directory[index] = (at, size, count);
            at += bytes.Length;
        }

        var file = Little();
        foreach (var (offset, size, count) in directory)
        {
            file.Int32(offset, size, count, count);
        }

        foreach (var part in parts)
        {
            file.Add(part.Bytes);
        }

        return file.ToArray();
    }

    /// <summary>A stored number.</summary>
    public static int Stored(int channel, int sample) => (((channel + 1) * 37 * sample) % 2000) - 1000;

    private static BinaryBuilder Little() => new(isBigEndian: false);

    private static byte[] System(int version, int revision, int bits, int lockedLoop, int system)
    {
        var b = Little().Int32(version, revision, system).Text("made system\n", 128).Text("model", 128).Int32(ChannelCount).Text("a comment", 256).Int32(1_400_000_000, 0);
        b.Zero(12).Int32(2).Zero(12).Int32(lockedLoop).Zero(12).Int32(21).Zero(12).Int32(12).Zero(116);
        return (version < 2 || (version == 2 && revision <= 3) ? b.Int32(10) : b.Double(10)).Int32(0, bits, 12).PadTo(1248).ToArray();
    }

    private static byte[] Channels()
    {
        var b = Little();
        b.Int32(2).Double(0.1, 0.02, 0.03, 80, 40).Zero(16).Text("AG001", 6).PadTo(76);
        b.Int32(2).Double(-0.1, 0.05, 0.01, 100, 200).Zero(16).Text("", 6).PadTo(152);
        b.Int32(0x101).Double(0, 0, 0.2, 0, 0).PadTo(228);
        b.Int32(-1, 1, 0).Text("", 32).PadTo(304);
        b.Int32(-2, 1, 0).Text("Cz", 8).Zero(6).Double(0).PadTo(380);
        return b.Int32(0).PadTo(456).ToArray();
    }

    private static byte[] Acquisition(int samples, int epochs, bool isMarker)
    {
        var b = Little().Int32(isMarker ? 2 : epochs > 0 ? 3 : 1).Double(500);
        return (epochs > 0 || isMarker ? b.Int32(samples, 10, 1, isMarker ? 1 : epochs) : b.Int32(samples, samples)).PadTo(64).ToArray();
    }

    // Five markers; the fourth was not measured.
    private static byte[] Coregistration()
    {
        var b = Little().Int32(1).Zero(256).Int32(5);
        for (var i = 0; i < 5; i++)
        {
            b.Int32(0, 0, 0, i == 3 ? 0 : 1).Zero(24).Double(Marker(i));
        }

        return b.PadTo(1032).ToArray();
    }

    // The head lies 2 cm above and behind the sensors' origin, not turned.
    private static double[] Marker(int i) => i switch { 0 => [0, 0.07, 0], 1 => [0.01, -0.07, 0], 2 => [0.1, 0, 0.02], 3 => [9, 9, 9], _ => [0.09, 0.03, 0.05] };

    private static byte[] Points()
    {
        var b = Little();
        void Add(string name, params double[] place) => b.Text(name, 8).Double(place);
        Add("fidnz", 0.1, 0, 0);
        Add("fidt9", 0, 0.08, 0);
        Add("fidt10", 0, -0.08, 0);
        for (var i = 0; i < 5; i++)
        {
            Add($"HPI_{i + 1}", Marker(i)[0] - 0.02, Marker(i)[1], Marker(i)[2] + 0.02);
        }

        Add("CZ", 0, 0, 0.11);
        Add("", 0.05, 0.02, 0.09);
        return b.ToArray();
    }

    private static byte[] Samples(int count, int bits)
    {
        var b = Little();
        for (var s = 0; s < count; s++)
        {
            int[] row = [.. Enumerable.Range(0, ChannelCount).Select(c => Stored(c, s))];
            _ = bits == 16 ? b.Int16(row) : b.Int32(row);
        }

        return b.ToArray();
    }
}
