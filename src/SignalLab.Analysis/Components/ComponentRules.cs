namespace SignalLab.Analysis.Components;

/// <summary>
/// From features to classes. Every rule gives 0 to 1, rising linearly between two values; what no rule claims is brain where map and spectrum look like it, and other where they do not.
/// Sources: eye and heart by correlation as Viola et al., Clin. Neurophysiol. 120 (2009) 868–877; blinks by map and slow peaked course as ADJUST, Mognon et al. 2011; muscle by the spectral slope from
/// 7 Hz on, Fitzgibbon et al., Clin. Neurophysiol. 127 (2016) 1781–1793; focal maps as MARA, Winkler et al., Behav. Brain Funct. 7 (2011) 30; the limits are ours.
/// </summary>
internal static class ComponentRules
{
    /// <summary>Applies the rules.</summary>
    public static ComponentLabel Judge(ComponentFeatures f)
    {
        var line = Ramp(f.LineShare, 0.25, 0.6);
        var focus = Ramp(f.Focus.Value, 0.5, 0.85);
        var (blink, movement) = Eyes(f);
        var eye = Math.Max(blink, movement);
        var heart = Math.Max(Ramp(f.Heart.Value, 0.3, 0.6), f.Beats * Ramp(f.Kurtosis, 1, 4)) * (1 - eye);
        var muscle = Ramp(f.Slope, -0.7, 0.1) * (1 - line) * (1 - eye) * (1 - heart);
        var channel = focus * (1 - eye) * (1 - line) * (1 - heart) * (1 - (0.7 * muscle)) * (1 - (0.5 * Ramp(f.AlphaRatio, 1.3, 2.5)));
        var artifact = 1 - ((1 - eye) * (1 - heart) * (1 - muscle) * (1 - line) * (1 - channel));
        var brain = (1 - artifact) * Math.Max(Ramp(-f.Slope, 0.3, 1), Ramp(f.AlphaRatio, 1.2, 2)) * (1 - focus) * (1 - Ramp(f.Kurtosis, 10, 40));
        var scores = new Dictionary<ComponentClass, double>
        {
            [ComponentClass.Brain] = brain,
            [ComponentClass.Blink] = blink,
            [ComponentClass.EyeMovement] = movement,
            [ComponentClass.Muscle] = muscle,
            [ComponentClass.Heart] = heart,
            [ComponentClass.LineNoise] = line,
            [ComponentClass.ChannelNoise] = channel,
            [ComponentClass.Other] = (1 - artifact) * (1 - brain),
        };
        var sum = scores.Values.Sum();
        foreach (var key in scores.Keys.ToArray())
        {
            scores[key] /= sum;
        }

        var best = scores.MaxBy(s => s.Value);
        return new(best.Key, best.Value, scores, Evidence(f));
    }

    /// <summary>0 up to one value, 1 from another on, linear between.</summary>
    public static double Ramp(double value, double from, double to) => double.IsNaN(value) ? 0 : Math.Clamp((value - from) / (to - from), 0, 1);

    private static (double Blink, double Movement) Eyes(ComponentFeatures f)
    {
        var byChannel = Ramp(f.Eye.Value, 0.4, 0.65);
        if (f.Map is not { } map)
        {
            return (byChannel, 0);
        }

        // One polarity over both eyes and nothing behind; or two polarities, one an eye.
        var slow = Ramp(f.SlowShare, 0.3, 0.6);
        var opposite = map.Left * map.Right < 0 ? Math.Min(Math.Abs(map.Left), Math.Abs(map.Right)) : 0;
        var sideways = Ramp(opposite, 0.15, 0.4) * Ramp(opposite - map.Posterior, -0.1, 0.15);
        var together = Ramp(Math.Abs(map.Frontal) - map.Posterior, 0.15, 0.45) * (1 - sideways);
        var byMap = (Blink: together * slow * Ramp(f.Kurtosis, 1, 4), Movement: sideways * slow);
        var isSideways = sideways > 0.5;
        return (Math.Max(byMap.Blink, isSideways ? 0 : byChannel), Math.Max(byMap.Movement, isSideways ? byChannel : 0));
    }

    private static string Evidence(ComponentFeatures f)
    {
        List<string> said =
        [
            FormattableString.Invariant($"spectral slope {f.Slope:0.0#}"), FormattableString.Invariant($"kurtosis {f.Kurtosis:0.#}"),
            FormattableString.Invariant($"{100 * f.SlowShare:0} % of power at 1-5 Hz"), FormattableString.Invariant($"{100 * f.Focus.Value:0} % of the map at {f.Focus.Channel}"),
        ];
        if (f.Eye.Value > 0)
        {
            said.Add(FormattableString.Invariant($"|r| {f.Eye.Value:0.00} with {f.Eye.Channel}"));
        }

        if (f.Heart.Value > 0)
        {
            said.Add(FormattableString.Invariant($"|r| {f.Heart.Value:0.00} with {f.Heart.Channel}"));
        }

        if (f.Beats > 0.1)
        {
            said.Add("regular sharp beats");
        }

        if (f.LineShare > 0.05)
        {
            said.Add(FormattableString.Invariant($"{100 * f.LineShare:0} % of power at the mains frequency"));
        }

        if (f.AlphaRatio > 1.2)
        {
            said.Add(FormattableString.Invariant($"alpha {f.AlphaRatio:0.0} times its surroundings"));
        }

        return string.Join(", ", said);
    }
}
