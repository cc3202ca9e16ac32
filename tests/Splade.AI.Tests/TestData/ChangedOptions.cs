using Splade.AI.Explanation;

namespace Splade.AI.Tests.TestData;

/// <summary>Options that differ a little from others.</summary>
internal static class ChangedOptions
{
    public static SpladeEncodingOptions With(this SpladeEncodingOptions options, Action<SpladeEncodingOptions> change)
    {
        SpladeEncodingOptions copy = options.Clone();
        change(copy);
        return copy;
    }

    public static ExplanationOptions With(this ExplanationOptions options, Action<ExplanationOptions> change)
    {
        ExplanationOptions copy = options.Clone();
        change(copy);
        return copy;
    }
}
