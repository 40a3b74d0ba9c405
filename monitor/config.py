"""config.yaml, checked: unknown keys are refused, and each error names the file, the key and the line."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, EmailStr, Field, ValidationError, model_validator

from scraper.authorities import Authority, find, known
