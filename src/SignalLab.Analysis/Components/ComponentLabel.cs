namespace SignalLab.Analysis.Components;

/// <summary>What a component may be. Source: the classes of ICLabel, Pion-Tonachini et al., NeuroImage 198 (2019) 181–197, the eye's taken apart.</summary>
public enum ComponentClass
{
    /// <summary>Brain activity.</summary>
    Brain,

    /// <summary>Blinks and vertical eye movements.</summary>
    Blink,

    /// <summary>Horizontal eye movements.</summary>
    EyeMovement,

    /// <summary>Muscle.</summary>
    Muscle,

    /// <summary>Heart.</summary>
    Heart,

    /// <summary>Mains interference.</summary>
    LineNoise,

    /// <summary>One channel's own noise: a bad contact.</summary>
    ChannelNoise,

    /// <summary>None of these, or a mixture.</summary>
    Other,
}

/// <summary>What a component seems to be, and why.</summary>
/// <param name="Class">The likeliest class.</param>
/// <param name="Confidence">Its share among the classes, 0 to 1.</param>
/// <param name="Scores">The share of every class; they sum to 1.</param>
/// <param name="Evidence">What spoke for it, in numbers.</param>
public sealed record ComponentLabel(ComponentClass Class, double Confidence, IReadOnlyDictionary<ComponentClass, double> Scores, string Evidence)
{
    /// <summary>True for what does not come from the brain and is known: everything but <see cref="ComponentClass.Brain"/> and <see cref="ComponentClass.Other"/>.</summary>
    public bool IsArtifact => Class is not (ComponentClass.Brain or ComponentClass.Other);

    /// <summary>The class in words: <c>eye movement</c>.</summary>
    public string Name => NameOf(Class);

    /// <summary>A class in words.</summary>
    /// <param name="class">The class.</param>
    public static string NameOf(ComponentClass @class) => @class switch
    {
        ComponentClass.EyeMovement => "eye movement",
        ComponentClass.LineNoise => "line noise",
        ComponentClass.ChannelNoise => "channel noise",
        _ => @class.ToString().ToLowerInvariant(),
    };
}
