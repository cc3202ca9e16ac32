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
}
