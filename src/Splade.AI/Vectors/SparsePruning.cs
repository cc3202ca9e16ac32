using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Splade.AI;

/// <summary>
/// A rule for which entries of a vector to keep, so that an index is smaller and searches read less. The default keeps all.
/// </summary>
/// <remarks>
/// <para>
/// Immutable. Written and read as a short text such as <c>top_k:128</c>, <c>max_ratio:0.1</c>, <c>abs_value:0.05</c>,
/// <c>alpha_mass:0.9</c> or <c>none</c>, always with a decimal point. What a rule costs on given vectors is told by
/// <c>SparsePruningReport</c>.
/// </para>
/// <para>
/// The rules are those of the <c>prune_type</c> of OpenSearch's sparse encoding, in single precision; of equal weights the lower
/// position stays.
/// </para>
/// </remarks>
public readonly record struct SparsePruning : IParsable<SparsePruning>
{
    private SparsePruning(SparsePruningKind kind, double value, string parameter)
    {
        if (FindProblem(kind, value) is string expected)
        {
            throw new ArgumentOutOfRangeException(parameter, value, $"Expected {expected}.");
        }

        Kind = kind;
        Value = value;
    }

    /// <summary>Gets the rule that keeps every entry.</summary>
    public static SparsePruning None => default;

    /// <summary>What the rule measures an entry by.</summary>
    internal SparsePruningKind Kind { get; }

    /// <summary>The number of entries, the share, or the weight that the rule speaks of; 0 for <see cref="None"/>.</summary>
    internal double Value { get; }

    /// <summary>Keeps the heaviest entries.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static SparsePruning TopK(int count) => new(SparsePruningKind.TopK, count, nameof(count));

    /// <summary>Keeps the entries of at least <c>ratio x the heaviest weight</c> of their vector.</summary>
    /// <param name="ratio">From 0, which keeps all, to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ratio"/> is outside of that.</exception>
    public static SparsePruning MaxRatio(double ratio) => new(SparsePruningKind.MaxRatio, ratio, nameof(ratio));

    /// <summary>Keeps the entries of at least a weight; a vector may be left with none.</summary>
    /// <param name="minimumWeight">0, which keeps all, or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumWeight"/> is negative or not finite.</exception>
    public static SparsePruning AbsValue(double minimumWeight) => new(SparsePruningKind.AbsValue, minimumWeight, nameof(minimumWeight));

    /// <summary>Keeps the heaviest entries until their sum is at least <c>share x the sum of all weights</c> of their vector.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <remarks>
    /// The entry that reaches the share is kept, so that it is reached. OpenSearch's code leaves that entry out, unless the sum then
    /// equals the share exactly.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is outside of that.</exception>
    public static SparsePruning AlphaMass(double share) => new(SparsePruningKind.AlphaMass, share, nameof(share));

    /// <summary>Reads the text form of a rule.</summary>
    /// <param name="s">For example <c>max_ratio:0.1</c>.</param>
    /// <param name="provider">Has no effect: the form is the same everywhere.</param>
    /// <exception cref="FormatException">The text is no rule; the message says what is expected.</exception>
    public static SparsePruning Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Read(s, out SparsePruning rule) is string expected ? throw new FormatException($"Found the pruning rule '{s}', expected {expected}.") : rule;
    }

    /// <summary>Reads the text form of a rule.</summary>
    /// <param name="s">For example <c>max_ratio:0.1</c>.</param>
    /// <param name="provider">Has no effect: the form is the same everywhere.</param>
    /// <param name="result">The rule, or <see cref="None"/> when there is none.</param>
    /// <returns>Whether the text is a rule.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SparsePruning result)
    {
        result = default;
        return s is not null && Read(s, out result) is null;
    }

    /// <summary>The vectors with only the entries that the rule keeps, in order; computed as the result is read.</summary>
    public IEnumerable<SparseVector> Apply(IEnumerable<SparseVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        SparsePruning rule = this;
        return vectors.Select(vector => vector.Prune(rule));
    }

    /// <summary>The text form of the rule, which <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Kind == SparsePruningKind.None ? Name(Kind) : string.Create(CultureInfo.InvariantCulture, $"{Name(Kind)}:{Value}");

    /// <summary>Null and the rule, or what was expected instead.</summary>
    private static string? Read(string text, out SparsePruning rule)
    {
        rule = default;
        if (text == Name(SparsePruningKind.None))
        {
            return null;
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        SparsePruningKind kind = Enum.GetValues<SparsePruningKind>().FirstOrDefault(k => colon > 0 && Name(k) == text[..colon]);
        if (kind == SparsePruningKind.None
            || !double.TryParse(text.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return "a form such as top_k:128, max_ratio:0.1, abs_value:0.05, alpha_mass:0.9 or none";
        }

        string? expected = FindProblem(kind, value);
        rule = expected is null ? new SparsePruning(kind, value, nameof(text)) : default;
        return expected;
    }

    private static string? FindProblem(SparsePruningKind kind, double value) => kind switch
    {
        SparsePruningKind.TopK => value >= 1 && value <= int.MaxValue && double.IsInteger(value) ? null : "a whole number of at least 1",
        SparsePruningKind.MaxRatio => value is >= 0 and < 1 ? null : "a ratio from 0 to below 1",
        SparsePruningKind.AbsValue => value >= 0 && double.IsFinite(value) ? null : "a weight of 0 or more",
        SparsePruningKind.AlphaMass => value is > 0 and < 1 ? null : "a share above 0 and below 1",
        _ => null,
    };

    private static string Name(SparsePruningKind kind) => kind switch
    {
        SparsePruningKind.None => "none",
        SparsePruningKind.TopK => "top_k",
        SparsePruningKind.MaxRatio => "max_ratio",
        SparsePruningKind.AbsValue => "abs_value",
        SparsePruningKind.AlphaMass => "alpha_mass",
        _ => throw new UnreachableException($"A rule of kind {kind}."),
    };
}
