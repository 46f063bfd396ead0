namespace SignalLab.Fuzz;

/// <summary>The cases of one sample: for each of its files the cuts, then the mutations. A case depends on the seed and its number alone.</summary>
internal sealed class Cases
{
    private readonly Sample sample;
    private readonly Options options;
    private int part = -1;
    private byte[] whole = [];
    private IReadOnlyList<byte[]> relatives = [];

    public Cases(Sample sample, Options options) => (this.sample, this.options) = (sample, options);

    /// <summary>How many there are.</summary>
    public int Count => sample.Parts.Count * options.CasesOfPart;

    /// <summary>Puts a case in place.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="scratch">The copy of the sample, whole but for the last case.</param>
    public void Put(int number, Scratch scratch)
    {
        if (number / options.CasesOfPart != part)
        {
            if (part >= 0)
            {
                scratch.Write(sample.Parts[part], whole);
            }

            part = number / options.CasesOfPart;
            whole = File.ReadAllBytes(sample.Parts[part]);
            relatives = Sample.Relatives(sample.Parts[part]);
        }

        var trial = number % options.CasesOfPart;
        var random = new Random(unchecked((options.Seed * 1_000_003) + number));
        scratch.Write(sample.Parts[part], trial < options.Truncations ? whole[..Mutation.Cut(whole.Length, trial, random)] : Mutation.Of(whole, relatives, random));
    }

    /// <summary>Says what a case is.</summary>
    /// <param name="number">Its number.</param>
    public string Name(int number) =>
        $"{Path.GetFileName(sample.Parts[number / options.CasesOfPart])} {(number % options.CasesOfPart < options.Truncations ? "cut" : "mutated")}";
}
