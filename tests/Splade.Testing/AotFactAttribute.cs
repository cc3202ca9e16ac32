namespace Splade.Testing;

/// <summary>A slow test that compiles a program ahead of time, and is skipped where there is nothing to do that with.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AotFactAttribute : SlowFactAttribute
{
    public AotFactAttribute()
    {
        if (Trials.AreAll)
        {
            Skip = PublishedProgram.Obstacle;
        }
    }
}
