using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>Every electrode against the mean of the good scalp electrodes, or against their robust mean.</summary>
internal sealed record AverageMontage(string Name, bool IsRobust) : Montage(Name)
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        var members = electrodes.GoodScalp;
        var least = IsRobust ? 3 : 2;
        if (members.Length < least)
        {
            throw new UnfitInputException($"{(IsRobust ? "A robust average reference needs three" : "An average reference needs two")} good EEG channels at least, the recording has {members.Length}.");
        }

        var resolution = new Resolution { Reference = members, IsRobust = IsRobust };
        foreach (var channel in electrodes.Eeg)
        {
            resolution.AddReferred(electrodes.ShortName(channel), channel);
        }

        if (IsRobust)
        {
            resolution.Parameters.Add(("estimator", "Tukey biweight, one step from the median"));
            resolution.Parameters.Add(("reach_mad", Biweight.Reach));
        }

        return resolution;
    }
}

/// <summary>Every scalp electrode against the mean of both ears.</summary>
internal sealed record LinkedEarsMontage() : Montage("linked-ears")
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        foreach (var (left, right) in new[] { ("A1", "A2"), ("M1", "M2") })
        {
            var (l, r) = (electrodes.Find(left), electrodes.Find(right));
            if (l >= 0 && r >= 0 && electrodes.IsEar(l) && electrodes.IsEar(r))
            {
                return Against(electrodes, l, r);
            }
        }

        throw new UnfitInputException("Linked ears need both ear electrodes (A1 and A2, or M1 and M2), which the recording does not have: choose average or a bipolar montage.");
    }

    private Resolution Against(Electrodes electrodes, int left, int right)
    {
        int[] traces = [.. electrodes.Eeg.Where(c => !electrodes.IsEar(c))];
        if (traces.Length == 0)
        {
            throw new UnfitInputException("The recording has no scalp EEG channel beside the ears.");
        }

        var resolution = new Resolution { Reference = NamedReferenceMontage.Good(electrodes, [left, right], Name, out var remark) };
        resolution.Remarks.AddRange(remark);
        foreach (var channel in traces)
        {
            resolution.AddReferred(electrodes.ShortName(channel), channel);
        }

        if (!electrodes.IsAuricle(left))
        {
            resolution.Remarks.Add("Montage linked-ears: the mastoids M1 and M2 stand for the ears, A1 and A2 were not recorded.");
        }

        return resolution;
    }
}

/// <summary>Every electrode against the mean of named ones.</summary>
internal sealed record NamedReferenceMontage(string Name, IReadOnlyList<string> Members) : Montage(Name)
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        string[] missing = [.. Members.Where(m => electrodes.Find(m) < 0)];
        if (missing.Length > 0)
        {
            throw new UnfitInputException($"The reference electrode {string.Join(", ", missing)} was not recorded: choose another reference.");
        }

        if (electrodes.Eeg.Length == 0)
        {
            throw new UnfitInputException("The recording has no EEG channel to measure against a reference.");
        }

        var resolution = new Resolution { Reference = Good(electrodes, [.. Members.Select(electrodes.Find).Distinct()], Name, out var remark) };
        resolution.Remarks.AddRange(remark);
        foreach (var channel in electrodes.Eeg)
        {
            resolution.AddReferred(electrodes.ShortName(channel), channel);
        }

        return resolution;
    }

    /// <summary>The good ones among reference electrodes.</summary>
    /// <exception cref="UnfitInputException">All are bad.</exception>
    internal static int[] Good(Electrodes electrodes, int[] members, string montage, out string[] remark)
    {
        int[] good = [.. members.Where(c => !electrodes.IsBad(c))];
        if (good.Length == 0)
        {
            throw new UnfitInputException($"The reference {electrodes.Names(members)} is bad: choose another one.");
        }

        remark = good.Length == members.Length ? [] : [$"Montage {montage}: {electrodes.Names(members.Except(good))} left out of the reference, bad."];
        return good;
    }
}
