namespace Splade.Testing;

/// <summary>A test that takes minutes: one of the slow set, which <c>dotnet run build.cs -- test --slow</c> adds to the others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class SlowFactAttribute : FactAttribute
{
    internal const string Reason = "Slow. `dotnet run build.cs -- test --slow` runs it.";

    public SlowFactAttribute()
    {
        if (!Trials.AreAll)
        {
            Skip = Reason;
        }
    }
}
