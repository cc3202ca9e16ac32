namespace Splade.Testing;

/// <summary>The same as <see cref="SlowFactAttribute"/>, for each of several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowTheoryAttribute : TheoryAttribute
{
    public SlowTheoryAttribute()
    {
        if (!Trials.AreAll)
        {
            Skip = SlowFactAttribute.Reason;
        }
    }
}
