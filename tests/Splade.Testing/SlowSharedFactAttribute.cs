namespace Splade.Testing;

/// <summary>A slow test that needs the shared folder, and is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowSharedFactAttribute : SlowFactAttribute
{
    public SlowSharedFactAttribute()
    {
        if (Trials.AreAll)
        {
            Skip = new SharedFactAttribute().Skip;
        }
    }
}
