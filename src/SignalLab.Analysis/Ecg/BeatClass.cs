namespace SignalLab.Analysis.Ecg;

/// <summary>Kinds of beats. Source: ANSI/AAMI EC57:2012, table of beat labels.</summary>
public enum BeatClass
{
    /// <summary>N: from the sinus node or conducted like that, bundle-branch block and escape beats of the atria included.</summary>
    Normal,

    /// <summary>S: supraventricular ectopic.</summary>
    Supraventricular,

    /// <summary>V: ventricular ectopic.</summary>
    Ventricular,

    /// <summary>F: fusion of a ventricular and a normal beat.</summary>
    Fusion,

    /// <summary>Q: paced, or not to be classified.</summary>
    Unclassifiable,
}
