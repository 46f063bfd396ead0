namespace SignalLab.Analysis.Montages;

/// <summary>Hjorth's Laplacian: the neighbours of the 10-20 system where the recording is one, the nearest four electrodes in denser caps.</summary>
internal sealed record LaplacianMontage(DerivationMontage Table) : Montage("laplacian")
{
    // The 25 electrodes that the IFCN proposes are the 10-20 system and six more.
    private const int MostBeside = 6;
    private const int Neighbours = 4;

    internal override Resolution Resolve(Electrodes electrodes)
    {
        var sites = Table.Derivations.Select(d => electrodes.Find(d.Terms[0].Electrode)).ToHashSet();
        return electrodes.GoodScalp.Count(c => !sites.Contains(c)) <= MostBeside
            ? Table.Resolve(electrodes)
            : new NearestLaplacianMontage(Neighbours, ByDistance: false).Resolve(electrodes);
    }
}

/// <summary>Each good scalp electrode less the mean of the nearest others.</summary>
internal sealed record NearestLaplacianMontage(int Count, bool ByDistance) : Montage($"laplacian:{Count}{(ByDistance ? ":distance" : "")}")
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        var places = ScalpPlaces.Of(electrodes, "A Laplacian", Count + 1);
        var resolution = new Resolution();
        for (var i = 0; i < places.Good.Length; i++)
        {
            var here = places.PositionsMetres[i];
            var nearest = Enumerable.Range(0, places.Good.Length).Where(j => j != i)
                .Select(j => (Channel: places.Good[j], Metres: (places.PositionsMetres[j] - here).Norm))
                .OrderBy(n => n.Metres).Take(Count).ToArray();
            var shares = nearest.Select(n => ByDistance ? 1 / n.Metres : 1).ToArray();
            var total = shares.Sum();
            resolution.Add(
                electrodes.ShortName(places.Good[i]),
                [places.Good[i], .. nearest.Select(n => n.Channel)],
                [1, .. shares.Select(s => -s / total)],
                hasPlace: true);
        }

        resolution.Remarks.AddRange(places.LeftOut(electrodes, Name));
        resolution.Parameters.Add(("neighbours", Count));
        resolution.Parameters.Add(("weights", ByDistance ? "1/distance" : "alike"));
        return resolution;
    }
}
