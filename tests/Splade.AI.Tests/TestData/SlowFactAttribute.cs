namespace Splade.AI.Tests.TestData;

/// <summary>A test that takes minutes: one of the slow set, which <c>dotnet run build.cs -- test --slow</c> adds to the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class SlowFactAttribute : FactAttribute
{
    public SlowFactAttribute()
    {
        if (!IsOn)
        {
            Skip = "Slow. `dotnet run build.cs -- test --slow` runs it.";
        }
    }

    /// <summary>Whether the slow set is run: build.cs says so by the environment.</summary>
    protected static bool IsOn { get; } = Environment.GetEnvironmentVariable("SPLADE_SLOW_TESTS") == "1";
}
